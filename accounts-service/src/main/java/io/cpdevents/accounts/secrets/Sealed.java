package io.cpdevents.accounts.secrets;

/**
 * Something that is encrypted under a key of its own, and that key under one of the service's.
 *
 * @param keyId names the service's key
 * @param dataKey the key of its own, encrypted
 * @param content encrypted under the key of its own
 */
public record Sealed(String keyId, byte[] dataKey, byte[] content) {

  @Override
  public String toString() {
    return "Sealed[" + keyId + "]";
  }
}
