package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.Between;
import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.config.Allowed.Form;
import dev.inkan.server.config.Allowed.Lasting;
import dev.inkan.server.config.ValueReader.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What {@link Allowed} says of a key, held against the key's value. */
final class Bounds {

  private Bounds() {}

  /**
   * Refuses a value that its key does not allow.
   *
   * @param text what {@code value} was read from
   */
  static void check(ConfigKey key, String text, Object value, ValueReader.Expected expected)
      throws Refusal {
    Optional<Between> between = key.annotation(Between.class);
    if (between.isPresent() && value instanceof Integer number) {
      checkBetween(between.get(), number);
    }
    Optional<Lasting> lasting = key.annotation(Lasting.class);
    if (lasting.isPresent() && value instanceof Duration duration) {
      checkLasting(lasting.get(), duration);
    }
    Optional<Form> form = key.annotation(Form.class);
    if (form.isPresent() && !text.matches(form.get().pattern())) {
      throw new Refusal(ValueReader.quoted(text) + " has not the right form", form.get().says());
    }
    Optional<ExistingFile> file = key.annotation(ExistingFile.class);
    if (file.isPresent() && expected.includes(file.get())) {
      checkFile(value, file.get());
    }
  }

  private static void checkBetween(Between between, int number) throws Refusal {
    if (number < between.min() || number > between.max()) {
      throw new Refusal(number + " is out of range", between.min() + " to " + between.max());
    }
  }

  private static void checkLasting(Lasting lasting, Duration duration) throws Refusal {
    if (duration.compareTo(Duration.parse(lasting.min())) < 0
        || duration.compareTo(Duration.parse(lasting.max())) > 0) {
      throw new Refusal(
          duration + " is out of range", lasting.min() + " to " + lasting.max() + ", or as 60m");
    }
  }

  private static void checkFile(Object value, ExistingFile file) throws Refusal {
    Optional<SecretFile> secret =
        value instanceof PassphraseSource source
            ? source.file()
            : Optional.of(value).filter(SecretFile.class::isInstance).map(SecretFile.class::cast);
    if (secret.isPresent()) {
      requireSound(secret.get().path(), secret.get().fault(), true);
    }
    Optional<Path> plain =
        value instanceof KeyPlace place
            ? place.file()
            : Optional.of(value).filter(Path.class::isInstance).map(Path.class::cast);
    if (plain.isPresent()) {
      long largest = file.ofAnySize() ? Long.MAX_VALUE : SecretFile.MAXIMUM;
      requireSound(
          plain.get(),
          SecretFile.faultOf(plain.get(), file.ownerOnly(), largest),
          file.ownerOnly());
    }
  }

  private static void requireSound(Path path, Optional<String> fault, boolean ownerOnly)
      throws Refusal {
    if (fault.isPresent()) {
      throw new Refusal(
          "the file " + path + " " + fault.get(),
          ownerOnly
              ? "a file that its owner alone can read (mode 0600 or 0400)"
              : "a file that this process can read");
    }
  }
}
