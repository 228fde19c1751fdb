"""elqkit"""
