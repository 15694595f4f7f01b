"""Everything about building, deploying and running a stack; nothing here is deployed."""
