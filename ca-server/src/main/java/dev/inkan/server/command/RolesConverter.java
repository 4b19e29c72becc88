package dev.inkan.server.command;

import dev.inkan.server.config.Roles;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What stands after {@code --roles}. */
final class RolesConverter implements ITypeConverter<Roles> {

  @Override
  public Roles convert(String text) {
    try {
      return Roles.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage() + "; possible are " + Roles.FORM);
    }
  }
}
