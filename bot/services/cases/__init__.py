"""Cases: filing, the register with its clocks, status by number and code, mails, reminders, retention."""
