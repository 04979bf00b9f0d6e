"""Engine `fit`: how well a project answers a need, in Chinese or English, and the words that make it so.

A text becomes weighted terms (`reading`); the languages meet in English stems and in the concepts of a bilingual
vocabulary (`translation`, `vocabulary`); how alike two texts are by their words is a cosine (`wording`), to which
models of sentences add what they say of both as wholes (`likeness`, `sentences`); each fit has its `reasons`.
"""
