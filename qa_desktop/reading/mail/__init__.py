"""Messages: e-mail, mailboxes and Outlook."""
