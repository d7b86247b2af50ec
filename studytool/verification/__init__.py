"""Claims and answer keys against simulation."""
