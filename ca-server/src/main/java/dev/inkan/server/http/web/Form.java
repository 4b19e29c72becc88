package dev.inkan.server.http.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of an {@code application/x-www-form-urlencoded} body, read strictly: what is no UTF-8,
 * a broken escape, a repeated or an excess field is refused instead of guessed at (S14).
 */
final class Form {

  private static final int MAXIMUM_FIELDS = 20;
  private static final int LONGEST_SHOWN = 254;

  private final Map<String, String> fields;

  private Form(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads {@code body}.
   *
   * @throws RequestFailure if it is malformed
   */
  static Form parse(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    // Every octet becomes the character of the same number; only escapes carry anything else.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (fields.size() == MAXIMUM_FIELDS || fields.put(name, value) != null) {
        throw RequestFailure.badRequest();
      }
    }
    return new Form(fields);
  }

  /** The field's value; empty if the field is missing. */
  String value(String name) {
    return fields.getOrDefault(name, "");
  }

  /** The value without the spaces that copying leaves around it. */
  String trimmed(String name) {
    return value(name).strip();
  }

  /** The trimmed value as a screen shows it again: cut off where nothing right is that long. */
  String shown(String name) {
    String value = trimmed(name);
    int end = Math.min(value.length(), LONGEST_SHOWN);
    boolean inTwo =
        end > 0 && end < value.length() && Character.isHighSurrogate(value.charAt(end - 1));
    return value.substring(0, inTwo ? end - 1 : end);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  private static String decode(String encoded) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        octets.write(escape(encoded, i));
        i += 2;
      } else {
        octets.write(c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw RequestFailure.badRequest();
    }
  }

  private static int escape(String encoded, int at) {
    if (at + 2 >= encoded.length()) {
      throw RequestFailure.badRequest();
    }
    int high = Character.digit(encoded.charAt(at + 1), 16);
    int low = Character.digit(encoded.charAt(at + 2), 16);
    if (high < 0 || low < 0) {
      throw RequestFailure.badRequest();
    }
    return high * 16 + low;
  }
}
