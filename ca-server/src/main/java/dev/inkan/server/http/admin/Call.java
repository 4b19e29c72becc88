package dev.inkan.server.http.admin;

import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.operation.Refusal;
import dev.inkan.server.operation.SerialText;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request as an action sees it. What cannot be read ends in an {@link InvalidCallException}.
 * For one thread.
 */
final class Call {

  private static final int LONGEST_VALUE = 254;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  private final Context ctx;
  private final Caller caller;
  private final Endpoint endpoint;
  private final RecordJson json;

  Call(Context ctx, Caller caller, Endpoint endpoint, RecordJson json) {
    this.ctx = ctx;
    this.caller = caller;
    this.endpoint = endpoint;
    this.json = json;
    requireKnownQuery();
  }

  private void requireKnownQuery() {
    Set<String> known = endpoint.queryNames();
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              if (!known.contains(name)) {
                throw malformed("the query holds what is not known here; there are " + known);
              }
              if (values.size() > 1) {
                throw malformed("the query holds " + name + " twice");
              }
            });
  }

  Caller caller() {
    return caller;
  }

  boolean dryRun() {
    return switch (query(Parameter.DRY_RUN).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(Parameter.DRY_RUN, "must be true or false");
    };
  }

  /** The part of the path that the endpoint calls {@code name}. */
  String path(String name) {
    return plain(name, ctx.pathParam(name));
  }

  SerialNumber serial() {
    return SerialText.parse(ctx.pathParam("serial"))
        .orElseThrow(
            () -> invalid("serial", "must be a serial number in hexadecimal, 20 octets at most"));
  }

  long number() {
    try {
      return Long.parseLong(ctx.pathParam("number"));
    } catch (NumberFormatException e) {
      throw invalid("number", "must be a whole number");
    }
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(ctx.queryParam(name)).map(value -> plain(name, value));
  }

  private static String plain(String name, String value) {
    if (value.isBlank() || value.length() > LONGEST_VALUE || CONTROL.matcher(value).find()) {
      throw invalid(name, "must have 1-" + LONGEST_VALUE + " characters, none of them a control");
    }
    return value;
  }

  int number(String name, int least, int most, int otherwise) {
    return query(name)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                throw invalid(name, "must be a whole number, " + least + "-" + most);
              }
              throw invalid(name, "must be a whole number, " + least + "-" + most);
            })
        .orElse(otherwise);
  }

  Optional<Instant> time(String name) {
    return query(name)
        .map(
            text ->
                Times.parse(text)
                    .orElseThrow(
                        () -> invalid(name, "must be a time such as 2026-11-22T03:00:00Z")));
  }

  <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return query(name)
        .map(
            text -> {
              String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
              return Arrays.stream(type.getEnumConstants())
                  .filter(constant -> constant.name().equals(wanted))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          invalid(
                              name, "must be one of " + Arrays.toString(type.getEnumConstants())));
            });
  }

  Paging paging() {
    return new Paging(number("limit", 1, Paging.MAXIMUM, Paging.DEFAULT), query("after"));
  }

  /** The body, which must be the record that the endpoint takes. */
  <T extends Record> T body(Class<T> type) {
    byte[] octets = ctx.bodyAsBytes();
    if (octets.length > 0 && !isJson(ctx.contentType())) {
      throw new InvalidCallException(
          Refusal.of(ProblemType.UNSUPPORTED_MEDIA, "the body must be application/json"));
    }
    try {
      return json.read(octets, type);
    } catch (RecordJson.UnreadableException e) {
      throw new InvalidCallException(e.refusal());
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
    return type.equals("application/json") || type.equals("application/json;charset=utf-8");
  }

  private static InvalidCallException invalid(String name, String wrong) {
    return new InvalidCallException(Refusal.field(name, wrong));
  }

  private static InvalidCallException malformed(String detail) {
    return new InvalidCallException(Refusal.of(ProblemType.MALFORMED_REQUEST, detail));
  }
}
