package dev.inkan.server.registration.user;

import java.util.Optional;

/** Member organisations, inside one transaction. */
public interface OrganisationStore {

  /**
   * The organisation.
   *
   * @param number the bank's number of it
   */
  Optional<Organisation> find(String number);

  /**
   * Adds the organisation.
   *
   * @return false, and nothing changed, if its number is taken
   */
  boolean add(Organisation organisation);

  /**
   * Whether the organisation's people may come in: it is neither suspended nor closed.
   *
   * @param number the bank's number of it
   */
  boolean isOpen(String number);
}
