package dev.inkan.core.api;

/** An organisation's master user in a list. */
public record OrganisationMaster(String userId, AccountState state) {}
