package io.cpdevents.sandbox.zoom;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people do at Zoom itself. */
@RestController
@RequestMapping("/_sandbox/zoom")
class ZoomLevers {

  private final ZoomGrants grants;

  ZoomLevers(ZoomGrants grants) {
    this.grants = grants;
  }

  /** Whoever has allowed it removes the app at Zoom. */
  @DeleteMapping("/grants/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id) {
    grants.remove(id);
  }
}
