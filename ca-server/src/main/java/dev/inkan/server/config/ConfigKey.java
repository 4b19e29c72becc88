package dev.inkan.server.config;

import io.smallrye.config.WithDefault;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration, as its mapping declares it.
 *
 * @param name kebab-case with dots, without the prefix
 * @param type what its value becomes
 * @param optional whether it may be absent without a default
 */
record ConfigKey(String name, Class<?> type, boolean optional, Method method) {

  /** Every key that {@code mapping} declares, by name. */
  static List<ConfigKey> of(Class<?> mapping) {
    List<ConfigKey> keys = new ArrayList<>();
    collect(mapping, "", keys);
    keys.sort(Comparator.comparing(ConfigKey::name));
    return List.copyOf(keys);
  }

  private static void collect(Class<?> group, String prefix, List<ConfigKey> keys) {
    for (Method method : group.getDeclaredMethods()) {
      if (method.isSynthetic()) {
        continue;
      }
      String name = prefix + kebab(method.getName());
      Class<?> type = method.getReturnType();
      if (isGroup(type)) {
        collect(type, name + ".", keys);
      } else if (type == Optional.class) {
        ParameterizedType generic = (ParameterizedType) method.getGenericReturnType();
        keys.add(new ConfigKey(name, (Class<?>) generic.getActualTypeArguments()[0], true, method));
      } else {
        keys.add(new ConfigKey(name, type, false, method));
      }
    }
  }

  private static boolean isGroup(Class<?> type) {
    return type.isInterface() && type.getPackage().equals(ConfigKey.class.getPackage());
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** The environment variable that overrides it. */
  String environmentVariable() {
    return environmentVariable(name);
  }

  static String environmentVariable(String name) {
    return (ConfigFile.PREFIX + "_" + name).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  Optional<String> defaultValue() {
    return annotation(WithDefault.class).map(WithDefault::value);
  }

  <A extends Annotation> Optional<A> annotation(Class<A> type) {
    return Optional.ofNullable(method.getAnnotation(type));
  }
}
