package dev.inkan.server.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one server does. Immutable.
 *
 * @param all at least one
 */
public record Roles(Set<Role> all) {

  /** Every role. */
  public static final String ALL =
      Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(","));

  /** How they are written. */
  public static final String FORM = "some of " + ALL + ", with commas between, each once";

  public Roles {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a server has a role");
    }
    all = Set.copyOf(all);
  }

  /**
   * Reads words with commas between.
   *
   * @throws IllegalArgumentException saying which word is wrong, or that there is none or one twice
   */
  public static Roles parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no role is named");
    }
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : text.split(",", -1)) {
      Role role =
          Role.of(word.strip())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          word.isBlank()
                              ? "a role is missing beside a comma"
                              : "there is no role '" + shown(word.strip()) + "'"));
      if (!roles.add(role)) {
        throw new IllegalArgumentException("the role '" + role.word() + "' is named twice");
      }
    }
    return new Roles(roles);
  }

  private static String shown(String word) {
    return (word.length() > 40 ? word.substring(0, 40) + "..." : word)
        .replaceAll("\\p{Cntrl}", "?");
  }

  public boolean has(Role role) {
    return all.contains(role);
  }

  /** Whether any of {@code roles} is among them. */
  public boolean hasAny(Role... roles) {
    return Arrays.stream(roles).anyMatch(this::has);
  }

  /**
   * Whether it tells status and does nothing else: it needs neither an issuing CA's key nor write
   * access to the database.
   */
  public boolean isStatusAlone() {
    return all.equals(Set.of(Role.STATUS));
  }

  /** Their words, in a fixed order. */
  public List<String> words() {
    return all.stream().sorted().map(Role::word).toList();
  }

  @Override
  public String toString() {
    return String.join(",", words());
  }
}
