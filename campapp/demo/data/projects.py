"""Projects of the demo park: invented, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """A project and the team that builds it, under one name."""

    zh: str
    en: str
    summary_zh: str
    summary_en: str
    sector: str
    trl: int


PROJECTS = (
    Project("语桥问答", "YuQiao", "在企业内网回答设备手册问题，并标出原文页码。",
            "Answers questions on equipment manuals inside a company's network and cites the page.", "人工智能", 7),
    Project("细察质检", "FineLook", "用三十张样本学会识别新产品的表面缺陷。",
            "Learns to find surface defects of a new product from thirty samples.", "人工智能", 8),
    Project("寸样标注", "InchLabel", "让一线工人边用边标注，模型每晚自动更新。",
            "Workers label while they work, and the model is updated every night.", "人工智能", 6),
    Project("评衡评测", "PingHeng", "按统一规程评测模型的准确性、稳健性与偏差。",
            "Evaluates models for accuracy, robustness and bias by one protocol.", "人工智能", 5),
    Project("拈语手语", "NianYu", "用普通摄像头把手语实时译成文字。",
            "Turns sign language into text in real time with an ordinary camera.", "人工智能", 5),
    Project("切片管家", "SliceKeeper", "监测5G专网切片质量，劣化前十分钟预警。",
            "Watches the quality of 5G slices and warns ten minutes before it drops.", "5G与网络", 6),
    Project("深巷定位", "DeepLane", "利用5G基站在地下车库实现亚米级定位。",
            "Locates to under a metre in underground garages with 5G base stations.", "5G与网络", 7),
    Project("路诊车", "RoadClinic", "通过5G把乡镇体检车与三甲医院专家连在一起。",
            "Links village check-up vans with hospital specialists over 5G.", "5G与网络", 8),
    Project("砾石推理盒", "PebbleBox", "十五瓦功耗完成八路视频的边缘推理。",
            "Runs edge inference on eight video streams at fifteen watts.", "边缘计算", 7),
    Project("檐下编排", "EavesRun", "在断网时仍能调度园区边缘节点的轻量编排器。",
            "A light orchestrator that keeps a park's edge nodes working when the link is lost.", "边缘计算", 6),
    Project("续算缓存", "KeepOn", "为边缘训练任务保存断点，换机后继续计算。",
            "Keeps checkpoints of training at the edge and goes on after a change of machine.", "边缘计算", 4),
    Project("磁垣存算", "MagWall", "面向语音唤醒的存算一体低功耗芯片。",
            "A low-power in-memory computing chip for voice wake-up.", "芯片", 4),
    Project("望陂雷达芯片", "WangBei", "用于路口感知的高分辨率毫米波雷达芯片。",
            "A high-resolution millimetre-wave radar chip for road crossings.", "芯片", 5),
    Project("流片前哨", "PreTape", "在云端为小团队提供流片前的芯片验证。",
            "Verifies small teams' chips in the cloud before tape-out.", "芯片", 6),
    Project("槐序控制器", "HuaiXu", "面向智能表计的 RISC-V 微控制器，待机微安级。",
            "A RISC-V microcontroller for smart meters with microampere standby.", "芯片", 6),
    Project("移栽工具链", "PortLoom", "把常用软件包批量移植到 RISC-V 并自动测试。",
            "Ports common packages to RISC-V in bulk and tests them.", "芯片", 7),
    Project("墨匣可信", "InkVault", "在 RISC-V 上隔离密钥与模型的可信执行环境。",
            "A trusted execution environment on RISC-V that isolates keys and models.", "芯片", 4),
    Project("微澜乳检", "RippleScan", "无辐射、无挤压的乳腺微波成像筛查仪。",
            "Breast screening by microwave imaging without radiation or compression.", "医疗科技", 6),
    Project("疾行脑检", "SwiftHead", "在救护车上用微波初步区分脑出血与脑梗。",
            "Tells bleeding from infarction in the ambulance by microwaves, as a first indication.", "医疗科技", 4),
    Project("缓行接驳", "SlowRide", "园区内时速十五公里的无人接驳小巴。",
            "An unmanned shuttle bus at fifteen km/h inside the park.", "智能出行", 8),
    Project("镜街仿真", "MirrorStreet", "把园区道路变成自动驾驶仿真测试场。",
            "Turns the park's roads into a simulated test field for driving.", "智能出行", 6),
    Project("路语单元", "RoadWord", "把信号灯与盲区行人信息发给周围车辆。",
            "Sends lights and hidden pedestrians to vehicles nearby.", "智能出行", 7),
    Project("寸步配送", "InchStep", "在人车混行园区完成最后五百米的无人配送。",
            "Delivers the last five hundred metres unmanned among people and cars.", "无人配送", 8),
    Project("叩门机器人", "KnockBot", "自己乘电梯、刷门禁，把外卖送到工位。",
            "Rides lifts, passes doors and brings meals to the desk.", "无人配送", 7),
    Project("值更烟火", "VigilFire", "用现有摄像头识别烟火，并说明判断依据。",
            "Finds smoke and fire with existing cameras and shows why it thinks so.", "安全", 8),
    Project("地脉感知", "UnderVein", "监测井盖与管廊的位移、水位和气体。",
            "Watches manholes and ducts for movement, water and gas.", "安全", 6),
    Project("市声营销", "StreetCry", "为小店生成短视频脚本，并按到店人数结算。",
            "Writes short-video scripts for shops and is paid by visits.", "数字营销", 7),
    Project("谱牒合规", "KinTree", "审计开源依赖的许可证与来历，生成物料清单。",
            "Audits licences and origins of open-source dependencies and writes the bill of materials.", "开源", 7),
)  # fmt: skip

SURNAMES = "周李王张刘陈杨赵黄吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董"
GIVEN = (
    "岚",
    "牧",
    "知远",
    "清和",
    "一凡",
    "若溪",
    "景行",
    "思源",
    "北辰",
    "望舒",
    "怀瑾",
    "子衿",
    "云起",
    "长安",
)
"""Of which the members' names are put together."""
