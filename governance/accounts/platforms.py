"""The platforms an account can be on, and who may see what is posted there."""

from __future__ import annotations

PLATFORMS: dict[str, str] = {
    "x": "X (Twitter)",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "threads": "Threads",
    "reddit": "Reddit",
    "whatsapp": "WhatsApp",
    "blog": "Blog or website",
    "other": "Another platform",
}

AUDIENCES: dict[str, str] = {
    "public": "Anyone",
    "followers": "Followers or friends",
    "closed_group": "A closed group",
    "direct": "One person, by direct message",
}
