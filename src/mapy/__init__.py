"""mapy"""
