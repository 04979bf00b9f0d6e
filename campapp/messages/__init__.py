"""Messages: sendings before they leave, the mailbox, the record of delivery."""
