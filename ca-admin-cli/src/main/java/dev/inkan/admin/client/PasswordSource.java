package dev.inkan.admin.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a credential's password comes from: a file that was named, {@code INKAN_PASSWORD}, the
 * configured file, and at last a question.
 *
 * @param question asks for a line that is not shown; answers nothing if there is nobody to ask
 */
public record PasswordSource(
    Optional<Path> named,
    Map<String, String> environment,
    Optional<Path> configured,
    Function<String, Optional<char[]>> question) {

  private static final String VARIABLE = "INKAN_PASSWORD";

  /**
   * Uses the password and wipes it.
   *
   * @throws SettingsException if there is none
   */
  public <T> T use(Path credential, Function<Password, T> use) {
    try (Password password = find(credential)) {
      return use.apply(password);
    }
  }

  private Password find(Path credential) {
    if (named.isPresent()) {
      return PasswordFile.read(named.get());
    }
    @Nullable String variable = environment.get(VARIABLE);
    if (variable != null) {
      return Password.takeOver(variable.toCharArray());
    }
    if (configured.isPresent()) {
      return PasswordFile.read(configured.get());
    }
    return question
        .apply("Password of " + credential.getFileName() + ": ")
        .map(Password::takeOver)
        .orElseThrow(
            () ->
                new SettingsException(
                    "nobody to ask for the password of " + credential,
                    "give --password-file FILE, or set " + VARIABLE));
  }

  @Override
  public String toString() {
    return "PasswordSource[redacted]";
  }
}
