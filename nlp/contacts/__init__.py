"""Telephone numbers by which somebody is reached, with the person and body they belong to."""

from gongbao.nlp.contacts.find import find_contacts

__all__ = ["find_contacts"]
