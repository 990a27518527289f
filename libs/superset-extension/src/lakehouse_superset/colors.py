"""Colours of the dashboards, told apart also by people who see red and green alike: after Okabe and Ito (2008)."""

from __future__ import annotations

CATEGORICAL = {
    "id": "lakehouse",
    "description": "",
    "label": "Lakehouse",
    "isDefault": True,
    "colors": [
        "#0f6fb5",
        "#e08214",
        "#1b9e77",
        "#c2417c",
        "#7a5fb8",
        "#56b4e9",
        "#b8a000",
        "#8c5a3c",
        "#5f6b7a",
        "#d1495b",
        "#2f9ca6",
        "#a3ba3f",
    ],
}

SEQUENTIAL = [
    {
        "id": "lakehouse_sequential",
        "description": "",
        "label": "Lakehouse: little to much",
        "isDiverging": False,
        "isDefault": True,
        "colors": ["#f1f6fb", "#c3dcef", "#86bbdd", "#4493c7", "#0f6fb5", "#08416e"],
    },
    {
        "id": "lakehouse_diverging",
        "description": "",
        "label": "Lakehouse: good to bad",
        "isDiverging": True,
        "isDefault": False,
        "colors": ["#0f6fb5", "#86bbdd", "#f4f4f2", "#f2b36b", "#c4570c"],
    },
]
