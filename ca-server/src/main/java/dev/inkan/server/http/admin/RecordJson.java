package dev.inkan.server.http.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.inkan.core.api.ProblemType;
import dev.inkan.server.operation.Refusal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records to JSON and back. Reading is strict (S14, S18): an unknown, repeated or missing field, a
 * value of another type or what is no JSON ends in a {@link Refusal}, never in another exception.
 * Thread-safe.
 */
final class RecordJson {

  private static final int DEEPEST = 20;
  private static final int LONGEST_TEXT = 10_000;

  private final ObjectMapper mapper =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** A value that cannot be taken. */
  static final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    UnreadableException(Refusal refusal) {
      super(refusal.detail(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  /** The octets of {@code value}. */
  byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(tree(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** What a record, list, optional or plain value is in JSON. */
  JsonNode tree(Object value) {
    if (value instanceof Record composite) {
      return object(composite);
    } else if (value instanceof List<?> list) {
      ArrayNode array = mapper.createArrayNode();
      list.forEach(item -> array.add(tree(item)));
      return array;
    } else if (value instanceof JsonNode ready) {
      return ready;
    } else if (value instanceof Integer number) {
      return IntNode.valueOf(number);
    } else if (value instanceof Long number) {
      return LongNode.valueOf(number);
    } else if (value instanceof Boolean answer) {
      return BooleanNode.valueOf(answer);
    } else if (value instanceof Enum<?> word) {
      return TextNode.valueOf(word.name());
    } else if (value instanceof String || value instanceof Instant) {
      return TextNode.valueOf(value.toString());
    }
    throw new IllegalStateException(value.getClass() + " does not travel");
  }

  private ObjectNode object(Record composite) {
    ObjectNode object = mapper.createObjectNode();
    for (RecordComponent component : composite.getClass().getRecordComponents()) {
      Object value = valueOf(composite, component);
      Optional<?> present = value instanceof Optional<?> maybe ? maybe : Optional.of(value);
      present.ifPresent(it -> object.set(component.getName(), tree(it)));
    }
    return object;
  }

  private static Object valueOf(Record composite, RecordComponent component) {
    try {
      return component.getAccessor().invoke(composite);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's component can be read", e);
    }
  }

  /** The record that {@code octets} hold; an empty body is an empty object. */
  <T extends Record> T read(byte[] octets, Class<T> type) throws UnreadableException {
    return type.cast(record("", parse(octets), type));
  }

  private JsonNode parse(byte[] octets) throws UnreadableException {
    if (octets.length == 0) {
      return mapper.createObjectNode();
    }
    try {
      // Jackson would guess UTF-16 and UTF-32 as well.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return mapper.readTree(text);
    } catch (CharacterCodingException e) {
      throw malformed("the body is not UTF-8");
    } catch (JsonProcessingException e) {
      throw malformed("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private Record record(String path, JsonNode node, Class<?> type) throws UnreadableException {
    if (!node.isObject()) {
      throw field(path.isEmpty() ? "the body" : path, "must be an object");
    }
    RecordComponent[] components = type.getRecordComponents();
    Set<String> names = new LinkedHashSet<>();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      names.add(name);
      types[i] = components[i].getType();
      JsonNode value = node.get(name);
      boolean absent = value == null || value.isNull();
      values[i] =
          absent
              ? absent(join(path, name), components[i].getType())
              : value(join(path, name), value, components[i].getGenericType());
    }
    for (Iterator<String> given = node.fieldNames(); given.hasNext(); ) {
      String name = given.next();
      if (!names.contains(name)) {
        throw field(join(path, shown(name)), "is not a field here; there are " + names);
      }
    }
    try {
      return (Record) type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can be made of its components", e);
    }
  }

  private static Object absent(String path, Class<?> type) throws UnreadableException {
    if (type == Optional.class) {
      return Optional.empty();
    } else if (type == List.class) {
      return List.of();
    } else if (type == boolean.class) {
      return false;
    }
    throw field(path, "is missing");
  }

  private Object value(String path, JsonNode node, Type type) throws UnreadableException {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? Optional.of(value(path, node, inner))
          : list(path, node, inner);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return record(path, node, plain);
    } else if (plain == boolean.class) {
      if (!node.isBoolean()) {
        throw field(path, "must be true or false");
      }
      return node.booleanValue();
    } else if (!node.isTextual()) {
      throw field(path, "must be a text");
    }
    return text(path, node.textValue(), plain);
  }

  private List<Object> list(String path, JsonNode node, Type type) throws UnreadableException {
    if (!node.isArray()) {
      throw field(path, "must be a list");
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(value(path + "[" + i + "]", node.get(i), type));
    }
    return items;
  }

  private static Object text(String path, String text, Class<?> type) throws UnreadableException {
    if (type == String.class) {
      return text;
    } else if (type == Instant.class) {
      return Times.parse(text)
          .orElseThrow(() -> field(path, "must be a time such as 2026-11-22T03:00:00Z"));
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
      throw field(path, "must be one of " + Arrays.toString(type.getEnumConstants()));
    }
    throw new IllegalStateException(type + " does not travel");
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String shown(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "?").substring(0, Math.min(name.length(), 40));
  }

  private static UnreadableException field(String path, String wrong) {
    return new UnreadableException(Refusal.field(path, wrong));
  }

  private static UnreadableException malformed(String detail) {
    return new UnreadableException(Refusal.of(ProblemType.MALFORMED_REQUEST, detail));
  }
}
