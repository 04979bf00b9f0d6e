"""Engine `fit`: how well a project answers a need, in Chinese or English, and the words that make it so.

A text becomes weighted terms (`reading`); the languages meet in English stems and in the concepts of a
bilingual vocabulary (`translation`, `vocabulary`); likeness is a cosine (`likeness`); each has its `reasons`.
"""
