-- What people have allowed at the stand-in for Zoom. A code counts once; each refresh puts other tokens in their place.
CREATE TABLE zoom_grant (
    id             bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    client_id      text NOT NULL,
    redirect_uri   text NOT NULL,
    code           text UNIQUE,
    code_challenge text NOT NULL,
    access_token   text UNIQUE,
    refresh_token  text UNIQUE
);
