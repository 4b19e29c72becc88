package dev.inkan.core.api;

/**
 * An organisation to be registered (C1).
 *
 * @param number 1-20 letters, digits and -
 * @param name 1-64 characters, as it will stand in certificates
 */
public record NewOrganisation(String number, String name) {}
