package dev.inkan.server.registration.administration;

import java.util.List;

/**
 * Some of the users that a {@link UserQuery} found.
 *
 * @param first the place of the first of them among all, counted from 1; 0 if there is none
 * @param total how many were found
 */
public record UserPage(List<ListedUser> users, int first, int total) {

  public UserPage {
    users = List.copyOf(users);
  }

  /** Nobody. */
  public static UserPage empty() {
    return new UserPage(List.of(), 0, 0);
  }

  /** Which page this is, counted from 1. */
  public int number() {
    return first == 0 ? 1 : (first - 1) / UserQuery.PAGE_SIZE + 1;
  }

  /** How many pages there are, one at least. */
  public int pages() {
    return Math.max(1, (total + UserQuery.PAGE_SIZE - 1) / UserQuery.PAGE_SIZE);
  }
}
