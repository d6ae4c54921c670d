"""Language models as agents: an episode as text, and what a model wrote as an action.

    env = Env(split="eval")
    agent = AgentEpisode(env.reset(seed=7).observation, "chat")
    while not env.done:
        completion = model(agent.messages, agent.tools)       # a text or a Completion
        reading = agent.read(completion)
        agent.add(completion, reading, env.step(reading.action).observation)

`AgentEnv` does this for an Env and `AgentVectorEnv` for a VectorEnv. `evaluate` plays many episodes
at once with a model behind an address (ModelPolicy, which needs httpx) or with any function:

    policy = ModelPolicy("http://localhost:8080/v1", dialect="compact")
    print(evaluate(policy, split="eval"))

There are two dialects, see docs/agents.md: "compact" is a text that a small model continues by a
line, "chat" a conversation with tools. Equal observations and completions give equal bytes here, in
`sqlenv eval` and on the page.
"""

from __future__ import annotations

from .agent_evaluation import (
    ModelEvaluation,
    PlayedEpisode,
    ScriptedModel,
    Turns,
    evaluate,
    evaluate_async,
)
from .agent_text import (
    DIALECTS,
    AgentEnv,
    AgentEpisode,
    AgentVectorEnv,
    Completion,
    CompletionLike,
    Reading,
    ToolCall,
    model_tools,
    read_reply,
)
from .model_policy import ModelError, ModelPolicy, Reply

__all__ = [
    "DIALECTS",
    "AgentEnv",
    "AgentEpisode",
    "AgentVectorEnv",
    "Completion",
    "CompletionLike",
    "ModelError",
    "ModelEvaluation",
    "ModelPolicy",
    "PlayedEpisode",
    "Reading",
    "Reply",
    "ScriptedModel",
    "ToolCall",
    "Turns",
    "evaluate",
    "evaluate_async",
    "model_tools",
    "read_reply",
]
