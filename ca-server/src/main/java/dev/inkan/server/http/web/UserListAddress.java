package dev.inkan.server.http.web;

import dev.inkan.server.registration.administration.UserQuery;
import dev.inkan.server.registration.administration.UserQuery.Sort;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a {@link UserQuery} stands in the address of {@code /users}. */
final class UserListAddress {

  private static final String DESCENDING = "desc";
  private static final int LONGEST_PAGE = 9;

  private UserListAddress() {}

  /**
   * What the address asks for; what it asks for badly is as if it did not.
   *
   * @throws RequestFailure if it cannot be read at all
   */
  static UserQuery read(Context ctx) {
    String query = Optional.ofNullable(ctx.queryString()).orElse("");
    return read(Form.parse(query.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** What a form with the same fields asks for. */
  static UserQuery read(Form form) {
    return new UserQuery(
        form.value("search"),
        sort(form.value("sort")),
        form.value("order").equals(DESCENDING),
        page(form.value("page")));
  }

  private static int page(String text) {
    if (!text.matches("[0-9]+")) {
      return 1;
    }
    // Nine digits are an int; more than that is beyond the last page in any case.
    return text.length() > LONGEST_PAGE ? Integer.MAX_VALUE : Integer.parseInt(text);
  }

  static String name(Sort sort) {
    return switch (sort) {
      case USER_ID -> "userId";
      case NAME -> "name";
      case STATE -> "state";
      case CERTIFICATE_END -> "certificate";
    };
  }

  private static Sort sort(String text) {
    for (Sort sort : Sort.values()) {
      if (name(sort).equals(text)) {
        return sort;
      }
    }
    return Sort.USER_ID;
  }

  static String order(UserQuery query) {
    return query.descending() ? DESCENDING : "asc";
  }

  /** The address of that page; what goes without saying is left out. */
  static String of(UserQuery query) {
    List<String> parts = new ArrayList<>();
    if (!query.text().isEmpty()) {
      parts.add("search=" + URLEncoder.encode(query.text(), StandardCharsets.UTF_8));
    }
    if (query.sort() != Sort.USER_ID || query.descending()) {
      parts.add("sort=" + name(query.sort()));
      parts.add("order=" + order(query));
    }
    if (query.page() > 1) {
      parts.add("page=" + query.page());
    }
    return parts.isEmpty() ? "/users" : "/users?" + String.join("&", parts);
  }
}
