package dev.inkan.server.registration.administration;

import java.time.Instant;

/** What is known of users, put together for whoever looks after them, inside one transaction. */
public interface DirectoryStore {

  /**
   * General users of an organisation that are not removed, in one statement however many they are.
   *
   * @param organisationNumber whose
   * @param now at which they are locked or not
   */
  UserPage list(String organisationNumber, UserQuery query, Instant now);
}
