package dev.inkan.admin.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.inkan.core.api.Page;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into records of texts, numbers, booleans, times, enums, optional values, lists and
 * records. A field that the record does not know comes from a newer server and is left out; a field
 * that is missing is an error, unless it is optional.
 *
 * <p>By reflection over the few records there are, to keep small what each command loads.
 */
public final class RecordReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  private RecordReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads one record.
   *
   * @throws JsonFormatException if it is not one
   * @throws IOException if {@code json} breaks off as a stream
   */
  public static <T> T read(InputStream json, Class<T> type) throws IOException {
    return type.cast(readAs(json, type));
  }

  /**
   * Reads one page of a list.
   *
   * @throws JsonFormatException if it is not one
   * @throws IOException if {@code json} breaks off as a stream
   */
  public static <T> Page<T> readPage(InputStream json, Class<T> item) throws IOException {
    Page<?> page = (Page<?>) readAs(json, new PageOf(item));
    return new Page<>(page.items().stream().map(item::cast).toList(), page.next());
  }

  private static Object readAs(InputStream json, Type type) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      Object value = new RecordReader(parser).value(type, Map.of());
      if (parser.nextToken() != null) {
        throw new JsonFormatException("something follows the JSON");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new JsonFormatException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private Object value(@Nullable Type type, Map<TypeVariable<?>, Type> bindings)
      throws IOException {
    if (type instanceof TypeVariable<?> variable) {
      return value(bindings.get(variable), Map.of());
    }
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type argument = generic.getActualTypeArguments()[0];
      if (raw == Optional.class) {
        return Optional.of(value(argument, bindings));
      }
      return raw == List.class
          ? list(argument, bindings)
          : record(raw, Map.of(raw.getTypeParameters()[0], argument));
    }
    return plain((Class<?>) java.util.Objects.requireNonNull(type));
  }

  private Object plain(Class<?> type) throws IOException {
    if (type.isRecord()) {
      return record(type, Map.of());
    }
    if (type == int.class) {
      require(JsonToken.VALUE_NUMBER_INT);
      return parser.getIntValue();
    }
    if (type == long.class || type == Long.class) {
      require(JsonToken.VALUE_NUMBER_INT);
      return parser.getLongValue();
    }
    if (type == boolean.class) {
      return flag();
    }
    require(JsonToken.VALUE_STRING);
    String text = parser.getText();
    if (type == Instant.class) {
      return instant(text);
    }
    return type.isEnum() ? constant(type, text) : text;
  }

  private boolean flag() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw unexpected("true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new JsonFormatException("not a time: " + text, e);
    }
  }

  private Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new JsonFormatException("unknown " + type.getSimpleName() + ": " + name));
  }

  private List<Object> list(Type item, Map<TypeVariable<?>, Type> bindings) throws IOException {
    require(JsonToken.START_ARRAY);
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(item, bindings));
    }
    return items;
  }

  private Object record(Class<?> type, Map<TypeVariable<?>, Type> bindings) throws IOException {
    require(JsonToken.START_OBJECT);
    RecordComponent[] components = type.getRecordComponents();
    Map<String, RecordComponent> known = new HashMap<>();
    Arrays.stream(components).forEach(component -> known.put(component.getName(), component));
    Map<String, Object> values = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      @Nullable RecordComponent component = known.get(name);
      parser.nextToken();
      if (component == null || parser.currentToken() == JsonToken.VALUE_NULL) {
        parser.skipChildren();
      } else {
        values.put(name, value(component.getGenericType(), bindings));
      }
    }
    return construct(type, components, values);
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, Map<String, Object> values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments =
        Arrays.stream(components).map(component -> argument(type, component, values)).toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new JsonFormatException("not a " + type.getSimpleName() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records have a public constructor", e);
    }
  }

  private static Object argument(
      Class<?> type, RecordComponent component, Map<String, Object> values) {
    @Nullable Object value = values.get(component.getName());
    if (value != null) {
      return value;
    }
    if (component.getType() == Optional.class) {
      return Optional.empty();
    }
    throw new JsonFormatException(
        type.getSimpleName() + " without its field " + component.getName());
  }

  private void require(JsonToken token) {
    if (parser.currentToken() != token) {
      throw unexpected(token.toString());
    }
  }

  private JsonFormatException unexpected(String wanted) {
    return new JsonFormatException(
        "line "
            + parser.currentLocation().getLineNr()
            + ": "
            + parser.currentToken()
            + " where "
            + wanted
            + " should be");
  }

  /** {@code Page<item>} as a type. */
  private record PageOf(Class<?> item) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {item};
    }

    @Override
    public Type getRawType() {
      return Page.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
