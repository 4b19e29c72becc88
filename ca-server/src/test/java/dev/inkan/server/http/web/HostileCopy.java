package dev.inkan.server.http.web;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A copy of a record with every text in it, at any depth, replaced. */
final class HostileCopy {

  private final String text;

  HostileCopy(String text) {
    this.text = text;
  }

  Object of(Object value) throws ReflectiveOperationException {
    if (value instanceof String) {
      return text;
    }
    if (value instanceof List<?> list) {
      return Arrays.asList(each(list.toArray()));
    }
    if (value instanceof Optional<?> optional) {
      return optional;
    }
    return value.getClass().isRecord() ? copy(value) : value;
  }

  private Object[] each(Object[] values) throws ReflectiveOperationException {
    Object[] copies = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      copies[i] = of(values[i]);
    }
    return copies;
  }

  private Object copy(Object record) throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = of(components[i].getAccessor().invoke(record));
    }
    return record.getClass().getDeclaredConstructor(types).newInstance(values);
  }
}
