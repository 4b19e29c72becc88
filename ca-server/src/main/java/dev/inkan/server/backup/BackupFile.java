package dev.inkan.server.backup;

import dev.inkan.core.key.Passphrase;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JcePasswordAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * A file that only a passphrase opens: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084)
 * under a key wrapped for a password recipient (RFC 3211), PBKDF2 with HMAC-SHA-256. OpenSSL opens
 * it too: {@code openssl cms -decrypt -inform DER -pwri_password ...}. Thread-safe.
 */
final class BackupFile {

  /** Somebody may choose the passphrase and carry the file about: what OWASP names. */
  private static final int ROUNDS = 600_000;

  private static final int SALT_OCTETS = 16;
  private static final int BUFFER = 1 << 16;

  private final BouncyCastleProvider provider = new BouncyCastleProvider();
  private final SecureRandom random;

  BackupFile(SecureRandom random) {
    this.random = random;
  }

  /** Writes what is to be in it. */
  interface Writing {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a new file, which its owner alone can read, and forces it to the disk. */
  void write(Path file, Passphrase passphrase, Writing content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      try (OutputStream sealing = sealing(out, passphrase)) {
        content.writeTo(sealing);
      }
      out.flush();
      channel.force(true);
    }
  }

  private OutputStream sealing(OutputStream out, Passphrase passphrase) throws IOException {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    var generator = new CMSAuthEnvelopedDataStreamGenerator();
    try {
      generator.addRecipientInfoGenerator(
          new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, passphrase.toCharArray())
              .setProvider(provider)
              .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8)
              .setPRF(PasswordRecipient.PRF.HMacSHA256)
              .setSaltAndIterationCount(salt, ROUNDS)
              .setSecureRandom(random));
      return generator.open(
          out,
          (OutputAEADEncryptor)
              new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                  .setProvider(provider)
                  .setSecureRandom(random)
                  .build());
    } catch (CMSException e) {
      throw new IllegalStateException("AES and PBKDF2 are in every provider", e);
    }
  }

  /**
   * Writes the whole content into {@code into}. Nothing of it is to be believed unless this
   * returns: the seal is at the end.
   *
   * @throws BackupException if the passphrase is wrong, or one octet is not as it was written
   */
  void read(Path file, Passphrase passphrase, Path into) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      var parser = new CMSAuthEnvelopedDataParser(in);
      Collection<RecipientInformation> recipients = parser.getRecipientInfos().getRecipients();
      Iterator<RecipientInformation> only = recipients.iterator();
      if (!only.hasNext()) {
        throw new BackupException(file + " is sealed for nobody: it is not a backup");
      }
      try (InputStream opened =
              only.next()
                  .getContentStream(
                      new JcePasswordAuthEnvelopedRecipient(passphrase.toCharArray())
                          .setProvider(provider)
                          .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8))
                  .getContentStream();
          OutputStream out = Files.newOutputStream(into, StandardOpenOption.CREATE_NEW)) {
        opened.transferTo(out);
      }
      parser.close();
    } catch (CMSException | RuntimeException e) {
      throw refused(file, e);
    } catch (IOException e) {
      if (isDamage(e)) {
        throw refused(file, e);
      }
      throw e;
    }
  }

  private static boolean isDamage(IOException e) {
    return !(e instanceof java.nio.file.FileSystemException);
  }

  private static BackupException refused(Path file, Exception e) {
    if (e instanceof BackupException already) {
      return already;
    }
    return new BackupException(
        file + " cannot be opened: the passphrase is wrong, or the file is damaged or cut", e);
  }
}
