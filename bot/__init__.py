"""The core of Langelis: rules, use cases, storage, understanding and the answering engine."""
