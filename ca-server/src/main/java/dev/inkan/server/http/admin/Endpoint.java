package dev.inkan.server.http.admin;

import dev.inkan.core.api.Role;
import dev.inkan.server.operation.Outcome;
import io.javalin.http.HandlerType;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One thing the admin API answers, and all that is to be known of it: the routes, the check of
 * roles and the description are made of these.
 *
 * @param path below the base, with names in braces
 * @param roles one of which the operator needs
 * @param dryRun whether {@code dryRun=true} is taken
 * @param parameters of the query
 * @param body the record that the body holds; {@link Nothing} if it holds none
 * @param answer what a success holds
 */
record Endpoint(
    HandlerType method,
    String path,
    String summary,
    Set<Role> roles,
    boolean dryRun,
    List<Parameter> parameters,
    Class<? extends Record> body,
    Answer answer,
    Action action) {

  /** Everybody with any role. */
  static final Set<Role> ANY = Set.copyOf(EnumSet.allOf(Role.class));

  Endpoint {
    roles = Set.copyOf(roles);
    parameters = List.copyOf(parameters);
  }

  /** A body without fields. */
  record Nothing() {}

  /**
   * What a success holds.
   *
   * @param status 200 or 201
   * @param type what its JSON is made of; for other content a string
   * @param page whether there are many of it
   */
  record Answer(int status, String contentType, Class<?> type, boolean page) {

    static final String JSON = "application/json";

    static Answer of(Class<?> type) {
      return new Answer(200, JSON, type, false);
    }

    static Answer created(Class<?> type) {
      return new Answer(201, JSON, type, false);
    }

    static Answer page(Class<?> type) {
      return new Answer(200, JSON, type, true);
    }

    static Answer text(String contentType) {
      return new Answer(200, contentType, String.class, false);
    }
  }

  /** Does it. */
  @FunctionalInterface
  interface Action {
    Outcome<?> act(Call call);
  }

  static Endpoint get(String path, String summary, Answer answer, Action action) {
    return new Endpoint(
        HandlerType.GET, path, summary, ANY, false, List.of(), Nothing.class, answer, action);
  }

  static Endpoint post(
      String path,
      String summary,
      Set<Role> roles,
      Class<? extends Record> body,
      Answer answer,
      Action action) {
    return new Endpoint(
        HandlerType.POST, path, summary, roles, false, List.of(), body, answer, action);
  }

  /** The same with {@code dryRun=true}. */
  Endpoint withDryRun() {
    return new Endpoint(method, path, summary, roles, true, parameters, body, answer, action);
  }

  /** The same for these roles alone. */
  Endpoint onlyFor(Role... only) {
    return new Endpoint(
        method, path, summary, Set.of(only), dryRun, parameters, body, answer, action);
  }

  /** The same with parameters of the query. */
  Endpoint with(Parameter... more) {
    return new Endpoint(method, path, summary, roles, dryRun, List.of(more), body, answer, action);
  }

  /** Every name that the query may hold. */
  Set<String> queryNames() {
    Set<String> names = new LinkedHashSet<>();
    parameters.forEach(it -> names.add(it.name()));
    if (dryRun) {
      names.add(Parameter.DRY_RUN);
    }
    return names;
  }
}
