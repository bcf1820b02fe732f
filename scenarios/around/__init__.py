"""The small districts beside 云岭县, made by make.py."""
