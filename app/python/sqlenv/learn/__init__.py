"""A small policy that learns to play, on a CPU, with NumPy alone.

    python -m sqlenv.learn train --reward v3 --seed 0
    python -m sqlenv.learn evaluate --policy build/training/v3-seed0.npz
    python -m sqlenv.learn table

    model       log-linear choices, GRPO's loss with its gradient, Adam
    words, seen_database, links    what is read from observations, and how it fits the question
    sketch, writer    a query as choices, and its SQL
    agent       an episode as a row of choices
    rollout     many agents in a VectorEnv
    grpo        training
    evaluation  held-out questions, confidence intervals
    table, plots    all rewards, all seeds
    roads       this policy and language models, trained and measured alike, for the notebook

Described in docs/training.md.
"""
