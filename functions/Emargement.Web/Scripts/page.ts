import "./parts/page";
