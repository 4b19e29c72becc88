package dev.inkan.admin.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An address below {@code /api/v1}, escaped.
 *
 * @param path segments, escaped and joined
 * @param query names and values, escaped and joined; may be empty
 */
public record Resource(String path, List<String> query) {

  public Resource {
    query = List.copyOf(query);
  }

  /** The address of {@code segments}, which need not be escaped. */
  public static Resource of(String... segments) {
    return new Resource(
        Arrays.stream(segments).map(Resource::escaped).collect(Collectors.joining("/")), List.of());
  }

  /** This address with another parameter. */
  public Resource with(String name, Object value) {
    List<String> longer = new ArrayList<>(query);
    longer.add(name + "=" + escaped(value.toString()));
    return new Resource(path, longer);
  }

  /** This address with another parameter, if there is a value. */
  public Resource with(String name, Optional<?> value) {
    return value.map(present -> with(name, (Object) present)).orElse(this);
  }

  /** The whole address on {@code server}. */
  URI on(URI server) {
    String base = server.toString().replaceFirst("/+$", "");
    String parameters = query.isEmpty() ? "" : "?" + String.join("&", query);
    return URI.create(base + "/api/v1/" + path + parameters);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
