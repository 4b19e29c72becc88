package dev.inkan.admin.command;

import dev.inkan.core.certificate.RevocationReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes an enum's words in either case, with {@code -}, {@code _} or nothing between them. */
final class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  EnumConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> bare(it.name()).equals(bare(text)) || EnumWords.word(it).equals(text.strip()))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("«" + text + "» is none of " + words()));
  }

  private String words() {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> !(it instanceof RevocationReason reason) || reason.allowedForAdministrators())
        .map(EnumWords::word)
        .collect(Collectors.joining(", "));
  }

  private static String bare(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
