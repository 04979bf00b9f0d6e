"""Teams and companies: who should meet whom."""
