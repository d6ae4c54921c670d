"""A small language model learns to play SQLEnv on a processor: `python -m sqlenv.lm --help`.

The road: transcripts of good play, imitation of them, GRPO on the environment's reward, evaluation
on held-out questions, export for llama.cpp. The model plays in the compact dialect (docs/agents.md).
Importing this package needs NumPy alone; training needs torch (docs/training.md).
"""
