"""Tables: models, delegates, copy and paste."""
