"""The part of Settings about the company's CRM: connecting it, how it stands, who is who, and what could not be taken over."""
