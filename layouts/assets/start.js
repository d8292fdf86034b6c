/* Starts Dash. In a file of its own because the content security policy allows no inline script. */
var renderer = new DashRenderer();
