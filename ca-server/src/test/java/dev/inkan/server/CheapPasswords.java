package dev.inkan.server;

import dev.inkan.server.config.InkanConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A configuration whose password hashes cost next to nothing; no file can say that. */
final class CheapPasswords {

  private static final InkanConfig.Argon2 LEAST =
      new InkanConfig.Argon2() {
        @Override
        public int memoryKib() {
          return 16;
        }

        @Override
        public int iterations() {
          return 1;
        }

        @Override
        public int parallelism() {
          return 1;
        }
      };

  private CheapPasswords() {}

  static InkanConfig in(InkanConfig config) {
    InkanConfig.Password password =
        with(InkanConfig.Password.class, config.password(), "argon2", LEAST);
    return with(InkanConfig.class, config, "password", password);
  }

  /** {@code whole} with another answer to one question. */
  private static <T> T with(Class<T> type, T whole, String question, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals(question)) {
                return answer;
              }
              try {
                return method.invoke(whole, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
