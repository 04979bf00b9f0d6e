"""Companies: of those that the source names only what it says; the others are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A need of an invented company, in both languages."""

    zh: str
    en: str
    problem_zh: str
    problem_en: str
    sector: str
    trl_min: int
    offers: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    """A company of the demo park."""

    name: str
    zh: str
    en: str
    summary_zh: str
    summary_en: str
    sector: str
    real: bool = False
    technology: tuple[str, str, str] | None = None
    """Name, what it is in Chinese and in English."""
    needs: tuple[Need, ...] = ()


COMPANIES = (
    Company("百度 Baidu", "百度", "Baidu", "开放飞桨深度学习开源框架，与团队面对面对接。",
            "Offers the PaddlePaddle open-source deep-learning framework and meets teams face to face.",
            "人工智能", True, ("PaddlePaddle 飞桨", "深度学习开源框架。", "An open-source deep-learning framework.")),
    Company("浪潮 Inspur", "浪潮", "Inspur", "参加2020年创新加速营，与优秀技术团队交流。",
            "Took part in the 2020 acceleration camps to meet technical teams.", "云计算", True),
    Company("腾讯 Tencent", "腾讯", "Tencent", "开放腾讯云 TStack 等开源技术。",
            "Offers open-source technologies such as Tencent Cloud TStack.", "云计算", True,
            ("TStack", "腾讯云开源技术。", "Open-source technology of Tencent Cloud.")),
    Company("滴滴 Didi", "滴滴", "Didi", "开放共享出行技术。", "Offers its shared-travel technology.", "智能出行", True,
            ("共享出行技术", "共享出行技术。", "Shared-travel technology.")),
    Company("联想 Lenovo", "联想", "Lenovo", "开放 LeapAI 工业互联网平台。",
            "Offers the LeapAI industrial internet platform.", "工业互联网", True,
            ("LeapAI", "工业互联网平台。", "An industrial internet platform.")),
    Company("易捷行云 EasyStack", "易捷行云", "EasyStack", "开放 ESCloud+ 开源 PaaS 平台。",
            "Offers the ESCloud+ open-source PaaS platform.", "开源", True,
            ("ESCloud+", "开源 PaaS 平台。", "An open-source PaaS platform.")),
    Company("砚北智算 Yanbei Compute", "砚北智算", "Yanbei Compute", "运营园区算力中心，寻找推理加速与调度技术。",
            "Runs a computing centre in the park and looks for inference speed-up and scheduling.", "人工智能",
            needs=(
                Need("推理加速", "Faster inference", "同样的加速卡上每秒多服务一倍的请求，模型不重新训练。",
                     "Serve twice the requests a second on the same accelerators, without training the model again.",
                     "人工智能", 6, ("pilot", "purchase")),
                Need("断点续算", "Checkpoints that travel", "训练任务换机后从断点继续，损失不超过十分钟。",
                     "Training goes on after a change of machine and loses no more than ten minutes.",
                     "边缘计算", 4, ("pilot",)),
                Need("国产芯片适配", "Ports to RISC-V", "把常用软件包移植到 RISC-V 节点并自动测试。",
                     "Port common packages to RISC-V nodes and test them automatically.", "芯片", 5, ("cooperation",)),
            )),
    Company("岫川通信 Xiuchuan Telecom", "岫川通信", "Xiuchuan Telecom", "建设5G专网，寻找边缘应用与切片运维工具。",
            "Builds private 5G networks and looks for edge applications and slice operation tools.", "5G与网络",
            needs=(
                Need("切片质量预警", "Warnings before a slice drops", "专网切片劣化前给出预警和原因。",
                     "Warn before the quality of a private-network slice drops, with the cause.", "5G与网络", 5,
                     ("pilot", "purchase")),
                Need("5G边缘视频", "Video at the 5G edge", "在基站旁完成多路视频推理，只回传结果。",
                     "Infer on many video streams beside the base station and send back results only.", "边缘计算", 6,
                     ("pilot",)),
            )),
    Company("榫行配送 Sunhang Delivery", "榫行配送", "Sunhang Delivery", "运营无人配送车队，寻找低成本感知与乘梯方案。",
            "Operates unmanned delivery fleets and looks for low-cost sensing and lift riding.", "无人配送",
            needs=(
                Need("乘梯与门禁", "Lifts and doors", "配送机器人自己乘梯、过门禁，不改造电梯。",
                     "Delivery robots ride lifts and pass doors without rebuilding the lift.", "无人配送", 6,
                     ("pilot", "purchase")),
                Need("低成本路口感知", "Low-cost sensing at crossings", "每个路口的感知成本降到现在的三分之一。",
                     "Bring the cost of sensing a crossing to a third of today's.", "智能出行", 5, ("pilot",)),
            )),
    Company("鹊渡影像 Quedu Imaging", "鹊渡影像", "Quedu Imaging", "服务基层医院影像科，寻找无辐射筛查设备。",
            "Serves imaging departments of small hospitals and looks for screening without radiation.", "医疗科技",
            needs=(
                Need("无辐射乳腺筛查", "Breast screening without radiation", "乡镇也能用的无辐射乳腺筛查设备。",
                     "A breast-screening device without radiation that a village clinic can use.", "医疗科技", 5,
                     ("pilot", "cooperation")),
                Need("车载远程会诊", "Remote consultation from a van", "体检车上的影像实时送到三甲医院专家面前。",
                     "Bring images from a check-up van to hospital specialists in real time.", "5G与网络", 6,
                     ("pilot",)),
            )),
    Company("垣安园服 Yuan'an Park Services", "垣安园服", "Yuan'an Park Services",
            "管理园区设施与安防，寻找可解释的预警技术。",
            "Manages park facilities and safety and looks for warnings that can be explained.", "安全",
            needs=(
                Need("说得清的烟火预警", "Fire warnings that explain themselves",
                     "用现有摄像头识别烟火，说明依据，误报每天不超过一次。",
                     "Find smoke and fire with existing cameras, say why, and be wrong at most once a day.", "安全", 7,
                     ("pilot", "purchase")),
                Need("井盖与管廊监测", "Manholes and ducts", "监测三百个井盖的位移、水位和气体。",
                     "Watch three hundred manholes for movement, water and gas.", "物联网", 6, ("purchase",)),
            )),
    Company("缀锦传播 Zhuijin Media", "缀锦传播", "Zhuijin Media", "为中小商户做数字营销，寻找内容生成与效果归因工具。",
            "Does digital marketing for small shops and looks for content and attribution tools.", "数字营销",
            needs=(
                Need("短视频脚本生成", "Scripts for short videos", "为小店生成短视频脚本，并说清带来多少到店。",
                     "Write short-video scripts for small shops and say how many visits they brought.", "数字营销", 6,
                     ("pilot", "purchase")),
            )),
)  # fmt: skip
