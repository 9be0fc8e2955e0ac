package io.cpdevents.notification.accounts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The device of a log-in, from accounts-service.
 *
 * @param ipAddress from where
 * @param device with which device, in words without addresses
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record DeviceContent(String ipAddress, String device) {

  @Override
  public String toString() {
    return "DeviceContent[…]";
  }
}
