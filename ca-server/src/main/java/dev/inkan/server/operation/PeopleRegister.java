package dev.inkan.server.operation;

import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.User;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Organisations and users as the bank's staff look them up, inside one transaction. */
public interface PeopleRegister {

  /** Organisations in the order of their numbers. */
  Page<Organisation> organisations(Optional<OrganisationState> state, Paging paging, Instant now);

  Optional<Organisation> organisation(String number, Instant now);

  /**
   * Changes whether the organisation's people may log in.
   *
   * @return false if it was not in one of {@code from}
   */
  boolean change(String number, Set<OrganisationState> from, OrganisationState to, Instant at);

  /** Users of an organisation that are not removed. */
  List<SubscriberId> usersOf(String organisation);

  /** Users in the order of their user IDs, removed ones included where asked for. */
  Page<User> users(UserSearch search, Paging paging, Instant now);

  Optional<User> user(String userId, Instant now);

  /**
   * Which users somebody looks for; what is empty does not matter.
   *
   * @param text what user ID, name or mail address must hold
   * @param state {@code REMOVED} users are found by this alone
   */
  record UserSearch(
      Optional<String> organisation, Optional<String> text, Optional<AccountState> state) {}
}
